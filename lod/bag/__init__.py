"""A dump as a BagIt bag (RFC 8493), for archives in general and with what one of them asks for besides."""

from lod.bag.making import Made, make_bag
from lod.bag.refused import Refused

__all__ = ["Made", "Refused", "make_bag"]
