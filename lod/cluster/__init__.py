"""Cluster: the work of an export on other machines, by the same functions as in processes of this one.

`dask` has the workers of a Dask cluster for an export, `desk` is what runs on each of them, and a `parcel` is a call or
its result on the way between machines that have different folders.
"""

from lod.cluster.dask import Cluster

__all__ = ["Cluster"]
