"""As much at once as a network could ever do, on ``focalbot run`` as a process against a loopback Discord."""
