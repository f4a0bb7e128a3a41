"""The feed: every new version of a release as a message of its own, an index of all messages, and the latest news.

`newsml/messages/` holds a NewsML-G2 newsMessage for each version, numbered in the order they were sent. A message is
never written twice and never changed, and its number never used again. It is removed in one case only: when its
release, or a picture that came with it, is withheld or canceled, since that must then be nowhere any more. The message
that says so stays, and the index says of the number which message that is.
"""

from lod.feed import words
from lod.feed.run import Published, export, publish

__all__ = ["Published", "export", "publish", "words"]
