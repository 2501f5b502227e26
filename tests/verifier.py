# ruff: noqa (a verifier written from formats.md section 6 alone; it shares no code with ours)
# mypy: ignore-errors
import hashlib, html, json, posixpath, re, subprocess
from urllib.parse import unquote, urljoin
SPACE, KINDS = "[\t-\r \xa0\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]+", ("found", "first", "change", "withdraw", "expire")
KEYS = {"site": "seq at commit heads", "witness": "at source seq head", "": "seq at kind department item slot sha256 due missing commit"}
PARTS = {"record-differs": r'id="gk-record">(.*?)</script>', "title-differs": r'<h1\b[^>]*\bid="gk-title"[^>]*>(.*?)</h1>', "text-differs": r'<article\b[^>]*\bid="gk-body"[^>]*>(.*?)</article>'}
sha = lambda data: hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
def chain(data, name, out):
    lines, prev, last, keys = [], {"0" * 64}, {"seq": 0, "at": ""}, KEYS.get(name, KEYS[""]).split() + ["prev", "hash"]
    for raw in re.findall(rb"[^\n]*\n|[^\n]+\Z", data):
        line, tail = json.loads(raw if re.fullmatch(rb"\{.*\}\n", raw) else "{}"), re.search(rb',"hash":"([0-9a-f]{64})"}\n\Z', raw)
        code = ("edited-line" if tail and sha(raw[:tail.start()]) != tail[1].decode() else "torn-line" if not line else
                "foreign-line" if [k for k in line if k != "clock"] != keys or name not in KEYS and not (line["department"] == name == line["item"].split("/")[0] and line["kind"] in KINDS) else
                "bad-seq" if prev and name != "witness" and line["seq"] != last["seq"] + 1 else
                "bad-prev" if prev and line["prev"] not in prev else "time-backwards" if line["at"] < last["at"] else None)
        out |= {code} - {None}
        lines, last, prev = (lines, last, None) if code in ("torn-line", "edited-line") else (lines, last, prev) if code == "foreign-line" else ([*lines, line], line, {line["hash"]})
    return lines
def text(body, page, url):
    for tag, kind, rest, node in re.findall(r"(<(/?[\w-]+)([^>]*)>)|([^<]+)", body):
        named = {k: html.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', rest)}
        href, full = named.get({"a": "href", "img": "src"}.get(kind, ""), ""), urljoin(url + page, named.get("href", named.get("src", "")))
        inside = unquote(full[len(url):].split("#")[0].split("?")[0]) if full.startswith(url) else href
        yield from ["|"] * (kind in ("td", "th")) + [inside] * (href[:1] not in ("", "#")) + [named.get("alt", "")] * (kind == "img")
        yield re.sub(SPACE, " ", html.unescape(node)).strip(" ")
def look(site, page, source, lines, copied, url):
    parts = [(code, re.findall(form, source, re.S)) for code, form in PARTS.items()]
    for code in [code for code, found in parts if len(found) != 1]: return {code}
    raw, title, body = (found[0] for _, found in parts)
    record, mine, known = json.loads(raw), [x for x in lines if x["item"] == page[:-5]], sum(x["item"] == page[:-5] for x in copied)
    shown, waits = re.search(r'data-seq="(\d+)" data-hash="(\w+)"', source), "已生成，尚未核到" in source.replace(body, "")
    old, now = mine[:max(known - 1, 0)], [x for x in mine[max(known - 1, 0):] if not shown or (str(x["seq"]), x["hash"]) == shown.groups()]
    if shown and int(shown[1]) > (lines or [{"seq": 0}])[-1]["seq"]: return {"lost-tail"}
    if lines and not mine and not waits: return {"unreceipted"}
    fits = sha(raw) in [x["sha256"] for x in now] or waits and sha(raw) not in [x["sha256"] for x in old]
    if record["id"] != page[:-5] or mine and not fits: return {"record-differs"}
    out = {*["title-differs"] * (re.sub(SPACE, "", html.unescape(re.sub("<[^>]*>", "", title))) != re.sub(SPACE, "", record["title"])),
           *["text-differs"] * (sha("\n".join(filter(None, text(body, page, url)))) != record["body"])}
    for file in record.get("files", []):
        path = site / page.split("/")[0] / file["path"]
        if posixpath.normpath(file["path"])[0] in "./" or not path.is_file(): out.add("file-missing")
        elif (path.stat().st_size, sha(path.read_bytes())) != (file["bytes"], file["sha256"]): out.add("file-differs")
    return out
def verify(site, mounted=None, root=None, head=""):
    out, url = set(), json.loads((site / "build.json").read_text())["site"]
    copy = {p.stem if p.parent.name == "receipts" else p.parent.name: p.read_bytes() for p in [*site.glob("*/receipts.jsonl"), *site.glob("receipts/*.jsonl")]}
    files = {p.stem: p.read_bytes() for p in mounted.glob("*.jsonl")} if mounted else copy
    chains, copied = {n: chain(d, n, out) for n, d in files.items()}, {n: chain(d, n, set()) for n, d in copy.items()}
    out |= {"not-prefix" for n, d in copy.items() if not files.get(n, b"").startswith(d)} | {"torn-line" for d in copy.values() if d[-1:] not in b"\n"}
    for own, (before, seal) in [] if out else [(o, pair) for o in (chains, copied) for s in [o.get("site", [])] for pair in zip([{"heads": {}}, *s], s)]:
        heads = {n: seal["heads"].get(n, [0, ""]) for n in {*own, *seal["heads"], *before["heads"]} - {*KEYS}}
        out |= {"lost-tail" for n, (k, _) in heads.items() if len(own.get(n, [])) < k} | {"unsealed" for n, (k, _) in before["heads"].items() if heads[n][0] < k}
        out |= {"unsealed" for n, (k, h) in heads.items() if any(x["hash"] != h for x in own.get(n, [])[:k][k - 1:]) or any(x["at"] < seal["at"] for x in own.get(n, [])[k:])}
    lines, seals = [x for n, c in chains.items() if n not in KEYS for x in c], chains.get("site", [])
    out |= {*["unsealed"] * bool(lines and not seals), *["head-unknown"] * bool(head and not any(x["hash"].startswith(head) for x in lines + seals))}
    out |= {"witness-lost" for x in chains.get("witness", []) if x["source"] == url and x["head"] not in [s["hash"] for s in seals]} | ({"commit-lost"} if root and {x["commit"] for x in lines + seals} - {None, *subprocess.run(["git", "rev-list", "HEAD"], cwd=root, capture_output=True, text=True).stdout.split()} else set())
    if out - {"head-unknown", "witness-lost", "commit-lost"}: return out
    out |= {"page-missing" for n, c in copied.items() if n not in KEYS for x in c if not (site / f"{x['item']}.html").is_file()}
    return out.union(*(look(site, "/".join(p.parts[-3:]), p.read_text(), *(c.get(p.parts[-3], []) for c in (chains, copied)), url) for p in site.glob("*/2*/*.html")))
