"""Every verb, in the order in which a newcomer meets them."""

import click

from generator import __version__
from generator.cli.chinese import VERSION, Group
from generator.cli.verbs import (
    author,
    check,
    ci,
    ledger,
    paper,
    purge,
    receipt,
    review,
    site,
    verify,
)


@click.group(cls=Group, context_settings={"max_content_width": 100})
@click.version_option(__version__, message=VERSION, help="显示版本")
def gongkai() -> None:
    """政务公开：把各机关的公开事项检查好、做成能查的网站，并记下谁在何时公开了什么。"""


for verb in (
    author.init,
    author.new,
    check.check,
    check.explain,
    site.build,
    site.serve,
    ledger.status,
    ledger.due,
    receipt.receipt,
    verify.verify,
    verify.witness,
    paper.board,
    paper.calendar,
    paper.archive,
    purge.purge,
    review.form,
    review.hook,
    ci.ci,
):
    gongkai.add_command(verb)
