"""Delivery: new messages go to newsrooms, in their order, each of them once.

What a target has acknowledged stands in its receipts, in the folder of the report, which is private. A target is a
folder, SFTP, FTP, FTPS, an address that takes POST, S3, or whatever else fsspec knows.
"""

from lod.deliver.run import Delivery, deliver

__all__ = ["Delivery", "deliver"]
