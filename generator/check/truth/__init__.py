"""Family T, 真实性: whether the figures and the words of a text can be true."""

from generator.check.truth.family import findings, twins

__all__ = ["findings", "twins"]
