"""How an open poll ends: at its time, later, early or cancelled."""
