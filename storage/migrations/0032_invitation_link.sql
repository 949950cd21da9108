-- The link that lets people onto the server, made by hand: it is named in what is sent with a code.
ALTER TABLE network ADD COLUMN invitation_link TEXT;
