"""The directory: delegations, persons, posts, nominations, invitations, and the member role given for them."""
