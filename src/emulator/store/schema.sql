-- The emulator's database. A user is a document in Clerk's own JSON; the columns and tables beside it are what it is
-- found and ordered by, written by one function together with it. `seq` is the order of signing up.
--
-- What has to be unique is said by an index of its own, not by the column: such an index can be made when a million rows are
-- there, which takes a fraction of finding the place of each.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE users (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    external_id TEXT,
    banned INTEGER NOT NULL,
    lock_ends_at INTEGER,            -- ms since the epoch; null when not locked
    attempts_remaining INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_active_at INTEGER,
    last_sign_in_at INTEGER,
    email_address TEXT,              -- primary identifications, folded
    phone_number TEXT,
    web3wallet TEXT,
    username TEXT,
    first_name TEXT,
    last_name TEXT,
    emails TEXT,                     -- all of them, folded, a line each: what partial match looks at
    phones TEXT,
    wallets TEXT,
    names TEXT
);
CREATE UNIQUE INDEX users_id ON users (id);
CREATE UNIQUE INDEX users_external_id ON users (external_id);

CREATE INDEX users_created_at ON users (created_at, seq);
CREATE INDEX users_updated_at ON users (updated_at, seq);
CREATE INDEX users_last_active_at ON users (last_active_at, seq);
CREATE INDEX users_last_sign_in_at ON users (last_sign_in_at, seq);
CREATE INDEX users_email_address ON users (email_address, seq);
CREATE INDEX users_phone_number ON users (phone_number, seq);
CREATE INDEX users_web3wallet ON users (web3wallet, seq);
CREATE INDEX users_username ON users (username, seq);
CREATE INDEX users_first_name ON users (first_name, seq);
CREATE INDEX users_last_name ON users (last_name, seq);
CREATE INDEX users_banned ON users (created_at, seq) WHERE banned = 1;

-- The documents of users, apart from what they are found by: that stays small to walk through. What changes often is in
-- the columns of `users` alone, and put in behind the rest when the document is read.
CREATE TABLE profiles (
    user INTEGER PRIMARY KEY REFERENCES users (seq) ON DELETE CASCADE,
    body TEXT NOT NULL
);

-- Every identification, for exact match. Kinds: email_address, phone_number, web3_wallet, and a provider's name.
CREATE TABLE identifications (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (seq),
    id TEXT                          -- of what is asked for by its own id: email addresses and phone numbers
);
CREATE UNIQUE INDEX identifications_value ON identifications (kind, value, user);
CREATE INDEX identifications_user ON identifications (user);
CREATE INDEX identifications_id ON identifications (id) WHERE id IS NOT NULL;

-- Partial match of three characters and more.
CREATE VIRTUAL TABLE search USING fts5 (
    emails, phones, wallets, names, username, id,
    content = '', contentless_delete = 1, detail = 'full', tokenize = 'trigram case_sensitive 1'
);

CREATE TABLE organizations (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    slug TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX organizations_id ON organizations (id);
CREATE UNIQUE INDEX organizations_slug ON organizations (slug);

CREATE TABLE memberships (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (seq),
    organization INTEGER NOT NULL REFERENCES organizations (seq),
    role TEXT NOT NULL,
    public_metadata TEXT NOT NULL,
    private_metadata TEXT NOT NULL DEFAULT '{}',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX memberships_id ON memberships (id);
CREATE UNIQUE INDEX memberships_organization ON memberships (organization, user);
CREATE INDEX memberships_user ON memberships (user, created_at, seq);

CREATE TABLE invitations (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    organization INTEGER NOT NULL REFERENCES organizations (seq),
    email_address TEXT NOT NULL,
    role TEXT NOT NULL,
    status TEXT NOT NULL,
    inviter TEXT,                    -- a user's id
    public_metadata TEXT NOT NULL DEFAULT '{}',
    private_metadata TEXT NOT NULL DEFAULT '{}',
    url TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER,              -- null while it is as it was made
    expires_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX invitations_id ON invitations (id);
CREATE INDEX invitations_email_address ON invitations (email_address);

CREATE TABLE sessions (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (seq),
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX sessions_id ON sessions (id);
CREATE INDEX sessions_user ON sessions (user, created_at, seq);

-- Things that are found by kind and id alone, each a document in Clerk's own JSON; `kind` is its `object`.
CREATE TABLE documents (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT,                     -- as it stands in the document; null where the kind has none
    text TEXT,                       -- what it is found by, folded: an email address, an identifier
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX documents_id ON documents (id);
CREATE INDEX documents_kind ON documents (kind, created_at, seq);
CREATE INDEX documents_text ON documents (kind, text);
-- What no answer ever shows. A user who was made with the instance has no row: their password and codes are nobody's.
CREATE TABLE secrets (
    user INTEGER PRIMARY KEY REFERENCES users (seq) ON DELETE CASCADE,
    password_hasher TEXT,
    password_digest TEXT,
    totp_secret TEXT,                -- base 32
    backup_codes TEXT,               -- a JSON array: plain, or bcrypt digests
    compromised INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE trusted_devices (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    user INTEGER NOT NULL REFERENCES users (seq) ON DELETE CASCADE,
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX trusted_devices_id ON trusted_devices (id);
CREATE INDEX trusted_devices_user ON trusted_devices (user);

CREATE TABLE images (
    user INTEGER PRIMARY KEY REFERENCES users (seq) ON DELETE CASCADE,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,              -- image/png
    bytes BLOB NOT NULL
);
CREATE UNIQUE INDEX images_id ON images (id);
