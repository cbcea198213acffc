"""Makes the built-in layers from packages of public data; run by a maintainer, never at start-up."""
