"""``python -m explorer.gallery`` makes the pictures of the home page anew, after a loss or a colour has changed."""

from explorer.gallery.shelf import make, write

write(make())
