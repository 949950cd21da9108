"""Where a webinar can be watched afterwards."""
