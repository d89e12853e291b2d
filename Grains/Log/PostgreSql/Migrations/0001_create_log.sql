CREATE TABLE store (
    id integer PRIMARY KEY CHECK (id = 1),
    partition_count integer NOT NULL CHECK (partition_count > 0)
);

-- One small row for each partition, updated by every commit: free space on its page lets an update stay there.
-- last_lsn is checked and advanced by the very statement that checks the epoch.
CREATE TABLE partitions (
    partition integer PRIMARY KEY,
    epoch bigint NOT NULL DEFAULT 0,
    owner text NOT NULL DEFAULT '',
    last_lsn bigint NOT NULL DEFAULT 0,
    last_snapshot_id bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

-- encoded is checked by its own CRC; the other columns are its index. Event ticks are NULL when no record has one.
CREATE TABLE segments (
    partition integer NOT NULL,
    first_lsn bigint NOT NULL,
    last_lsn bigint NOT NULL,
    recorded_ticks bigint NOT NULL,
    min_event_ticks bigint,
    max_event_ticks bigint,
    encoded bytea NOT NULL,
    PRIMARY KEY (partition, first_lsn)
);

-- Records are packed already: compressing them again would cost more time than it saves room.
ALTER TABLE segments ALTER COLUMN encoded SET STORAGE EXTERNAL;

CREATE INDEX segments_by_event_time ON segments (partition, max_event_ticks, min_event_ticks, first_lsn)
WHERE max_event_ticks IS NOT NULL;

-- The one row of a partition names the snapshot that counts; chunks of any other id are left-overs.
CREATE TABLE snapshots (
    partition integer PRIMARY KEY,
    snapshot_id bigint NOT NULL,
    epoch bigint NOT NULL,
    lsn bigint NOT NULL,
    chunk_count bigint NOT NULL,
    crc bigint NOT NULL
);

CREATE TABLE snapshot_chunks (
    partition integer NOT NULL,
    snapshot_id bigint NOT NULL,
    chunk_index bigint NOT NULL,
    crc bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (partition, snapshot_id, chunk_index)
);

ALTER TABLE snapshot_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;
