"""What the network is told of ahead: the one mechanism of webinars, meetings, polls and all that comes.

Planned from typed fields (:mod:`.fields`), shown before it goes out (:mod:`.proposal`), counted down to
(:mod:`.leads`), put among Discord's events (:mod:`.event`), and said by the outbox from one record
(:mod:`.subject`).
"""
