-- What Microsoft.Orleans.Clustering.AdoNet 10.4 reads its statements from: the table's and the keys' names are its own,
-- the tables behind them are ours. Changes of membership are ordered by the version row of their cluster: a statement
-- that finds another version than its caller has seen changes nothing.
CREATE TABLE orleans_clusters (
    cluster_id text PRIMARY KEY,
    version integer NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE orleans_silos (
    cluster_id text NOT NULL REFERENCES orleans_clusters,
    address text NOT NULL,
    port integer NOT NULL,
    generation integer NOT NULL,
    silo_name text NOT NULL,
    host_name text NOT NULL,
    status integer NOT NULL,
    proxy_port integer NOT NULL,
    suspect_times text,
    start_time timestamptz NOT NULL,
    i_am_alive_time timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, address, port, generation)
);

CREATE TABLE OrleansQuery (
    QueryKey text PRIMARY KEY,
    QueryText text NOT NULL
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('GatewaysQueryKey', $sql$
SELECT address, proxy_port AS ProxyPort, generation
FROM orleans_silos
WHERE cluster_id = @DeploymentId AND status = @Status AND proxy_port > 0
$sql$),

-- One row without a silo when there is none: the version is asked for as well.
('MembershipReadAllKey', $sql$
SELECT s.address, s.port, s.generation, s.silo_name AS SiloName, s.host_name AS HostName, s.status,
    s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime,
    s.i_am_alive_time AS IAmAliveTime, c.version
FROM orleans_clusters c
LEFT JOIN orleans_silos s USING (cluster_id)
WHERE c.cluster_id = @DeploymentId
$sql$),

('MembershipReadRowKey', $sql$
SELECT s.address, s.port, s.generation, s.silo_name AS SiloName, s.host_name AS HostName, s.status,
    s.proxy_port AS ProxyPort, s.suspect_times AS SuspectTimes, s.start_time AS StartTime,
    s.i_am_alive_time AS IAmAliveTime, c.version
FROM orleans_clusters c
LEFT JOIN orleans_silos s ON s.cluster_id = c.cluster_id
    AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
WHERE c.cluster_id = @DeploymentId
$sql$),

('InsertMembershipVersionKey', $sql$
WITH inserted AS (
    INSERT INTO orleans_clusters (cluster_id) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT EXISTS (SELECT FROM inserted)
$sql$),

('InsertMembershipKey', $sql$
WITH advanced AS (
    UPDATE orleans_clusters SET version = version + 1, changed_at = now()
    WHERE cluster_id = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT FROM orleans_silos s WHERE s.cluster_id = @DeploymentId
            AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING cluster_id),
inserted AS (
    INSERT INTO orleans_silos (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port,
        start_time, i_am_alive_time)
    SELECT cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort,
        @StartTime, @IAmAliveTime
    FROM advanced
    RETURNING 1)
SELECT EXISTS (SELECT FROM inserted)
$sql$),

('UpdateMembershipKey', $sql$
WITH advanced AS (
    UPDATE orleans_clusters SET version = version + 1, changed_at = now()
    WHERE cluster_id = @DeploymentId AND version = @Version AND EXISTS (
        SELECT FROM orleans_silos s WHERE s.cluster_id = @DeploymentId
            AND s.address = @Address AND s.port = @Port AND s.generation = @Generation)
    RETURNING cluster_id),
updated AS (
    UPDATE orleans_silos s
    SET status = @Status, suspect_times = @SuspectTimes::text,
        i_am_alive_time = greatest(s.i_am_alive_time, @IAmAliveTime)
    FROM advanced
    WHERE s.cluster_id = advanced.cluster_id
        AND s.address = @Address AND s.port = @Port AND s.generation = @Generation
    RETURNING 1)
SELECT EXISTS (SELECT FROM updated)
$sql$),

-- A sign of life is no change of membership, so the version stays.
('UpdateIAmAlivetimeKey', $sql$
UPDATE orleans_silos SET i_am_alive_time = greatest(i_am_alive_time, @IAmAliveTime)
WHERE cluster_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$sql$),

('DeleteMembershipTableEntriesKey', $sql$
DELETE FROM orleans_silos WHERE cluster_id = @DeploymentId;
DELETE FROM orleans_clusters WHERE cluster_id = @DeploymentId
$sql$),

-- Dead silos are status 6.
('CleanupDefunctSiloEntriesKey', $sql$
DELETE FROM orleans_silos
WHERE cluster_id = @DeploymentId AND status = 6 AND start_time < @IAmAliveTime AND i_am_alive_time < @IAmAliveTime
    AND coalesce(suspect_times, '') = ''
$sql$),

('CleanupDefunctSiloEntryKey', $sql$
DELETE FROM orleans_silos
WHERE cluster_id = @DeploymentId AND status = 6
    AND address = @Address AND port = @Port AND generation = @Generation
    AND start_time = @StartTime AND i_am_alive_time = @IAmAliveTime
    AND coalesce(suspect_times, '') = coalesce(@SuspectTimes::text, '')
$sql$);
