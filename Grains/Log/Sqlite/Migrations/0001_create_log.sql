CREATE TABLE store (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    partition_count INTEGER NOT NULL CHECK (partition_count > 0)
) STRICT;

-- last_lsn is checked and advanced by the very statement that checks the epoch.
CREATE TABLE partitions (
    partition INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL DEFAULT 0,
    owner TEXT NOT NULL DEFAULT '',
    last_lsn INTEGER NOT NULL DEFAULT 0,
    last_snapshot_id INTEGER NOT NULL DEFAULT 0
) STRICT;

-- encoded is checked by its own CRC; the other columns are its index. Event ticks are NULL when no record has one.
CREATE TABLE segments (
    id INTEGER PRIMARY KEY,
    partition INTEGER NOT NULL,
    first_lsn INTEGER NOT NULL,
    last_lsn INTEGER NOT NULL,
    recorded_ticks INTEGER NOT NULL,
    min_event_ticks INTEGER,
    max_event_ticks INTEGER,
    encoded BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX segments_by_lsn ON segments (partition, first_lsn, last_lsn, recorded_ticks);

CREATE INDEX segments_by_event_time ON segments (partition, max_event_ticks, min_event_ticks, first_lsn)
WHERE max_event_ticks IS NOT NULL;

-- The one row of a partition names the snapshot that counts; chunks of any other id are left-overs.
CREATE TABLE snapshots (
    partition INTEGER PRIMARY KEY,
    snapshot_id INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    lsn INTEGER NOT NULL,
    chunk_count INTEGER NOT NULL,
    crc INTEGER NOT NULL
) STRICT;

CREATE TABLE snapshot_chunks (
    id INTEGER PRIMARY KEY,
    partition INTEGER NOT NULL,
    snapshot_id INTEGER NOT NULL,
    chunk_index INTEGER NOT NULL,
    crc INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (partition, snapshot_id, chunk_index)
) STRICT;
