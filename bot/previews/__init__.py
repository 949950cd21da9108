"""What goes to more than one person is shown first: where it goes, whom it calls, whom it reaches."""
