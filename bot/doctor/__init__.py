"""``focalbot doctor``: one finding for each thing that an installation needs, without changing anything."""
