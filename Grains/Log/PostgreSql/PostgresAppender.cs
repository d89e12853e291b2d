using Npgsql;
using NpgsqlTypes;

namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>
/// The hot statement, prepared once on a connection of its own. It is a whole transaction: when this process vanishes,
/// no transaction and no lock stays behind. After any failure the connection is given up and the next append makes a
/// new one.
/// </summary>
internal sealed class PostgresAppender(NpgsqlDataSource source) : IAsyncDisposable
{
    // Rows are locked in the order of their partitions, so that two silos with common partitions wait for each other
    // instead of for ever. A row that changed while it was waited for is checked again as it is then. The segments are
    // taken out of their array one by one, because a joined set of them would be copied as a whole first.
    private const string AppendSql = """
        WITH locked AS (
            SELECT i.number, p.partition, i.first_lsn, i.last_lsn, i.recorded_ticks, i.min_ticks, i.max_ticks
            FROM unnest($1, $2, $3, $4, $5, $6, $7) WITH ORDINALITY
                AS i (partition, epoch, first_lsn, last_lsn, recorded_ticks, min_ticks, max_ticks, number)
            JOIN partitions p ON p.partition = i.partition AND p.epoch = i.epoch AND p.last_lsn = i.first_lsn - 1
            ORDER BY p.partition
            FOR UPDATE OF p),
        advanced AS (
            UPDATE partitions p SET last_lsn = l.last_lsn FROM locked l WHERE p.partition = l.partition
            RETURNING l.*),
        stored AS (
            INSERT INTO segments
                (partition, first_lsn, last_lsn, recorded_ticks, min_event_ticks, max_event_ticks, encoded)
            SELECT partition, first_lsn, last_lsn, recorded_ticks, min_ticks, max_ticks, ($8)[number] FROM advanced)
        SELECT number FROM advanced
        """;

    private const string EpochsSql = "SELECT partition, epoch FROM partitions WHERE partition = ANY ($1)";

    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _append;

    /// <exception cref="NpgsqlException">Whether anything was written is not known.</exception>
    public async Task<AppendOutcome[]> AppendAsync(IReadOnlyList<SegmentWrite> segments, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var append = _append ??= await ConnectAsync(ct);
            Bind(append.Parameters, segments);
            var written = await RunAsync(append, ct);
            return written.Count == segments.Count
                ? new AppendOutcome[segments.Count]
                : Classify(segments, written, await ReadEpochsAsync(segments, ct));
        }
        catch
        {
            await DisconnectAsync();
            throw;
        }
        finally
        {
            // Their memory is the caller's again.
            _append?.Parameters[^1].Value = Array.Empty<ReadOnlyMemory<byte>>();
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await DisconnectAsync();
        _turn.Dispose();
    }

    private async Task<NpgsqlCommand> ConnectAsync(CancellationToken ct)
    {
        _connection = await source.OpenConnectionAsync(ct);
        var command = new NpgsqlCommand(AppendSql, _connection);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        for (var i = 0; i < 6; i++)
        {
            command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        }
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        await command.PrepareAsync(ct);
        return command;
    }

    private async Task DisconnectAsync()
    {
        if (_append is not null)
        {
            await _append.DisposeAsync();
            _append = null;
        }
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }

    private static void Bind(NpgsqlParameterCollection parameters, IReadOnlyList<SegmentWrite> segments)
    {
        parameters[0].Value = Column(segments, segment => segment.Header.Partition);
        parameters[1].Value = Column(segments, segment => segment.Header.Epoch);
        parameters[2].Value = Column(segments, segment => segment.Header.FirstLsn);
        parameters[3].Value = Column(segments, segment => segment.Header.LastLsn);
        parameters[4].Value = Column(segments, segment => segment.Header.RecordedTicks);
        parameters[5].Value = Column(segments, segment => EventTicks(segment.Header, segment.Header.MinEventTicks));
        parameters[6].Value = Column(segments, segment => EventTicks(segment.Header, segment.Header.MaxEventTicks));
        parameters[7].Value = Column(segments, segment => segment.Encoded);
    }

    private static T[] Column<T>(IReadOnlyList<SegmentWrite> segments, Func<SegmentWrite, T> value)
    {
        var column = new T[segments.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(segments[i]);
        }
        return column;
    }

    private static long? EventTicks(in SegmentHeader header, long ticks) => header.HasEventTimes ? ticks : null;

    // The places of the written ones among the segments.
    private static async Task<HashSet<int>> RunAsync(NpgsqlCommand append, CancellationToken ct)
    {
        var written = new HashSet<int>();
        await using var reader = await append.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            written.Add((int)reader.GetInt64(0) - 1);
        }
        return written;
    }

    private async Task<Dictionary<int, long>> ReadEpochsAsync(
        IReadOnlyList<SegmentWrite> segments, CancellationToken ct)
    {
        var rows = await _connection!.ReadRowsAsync(
            reader => (Partition: reader.GetInt32(0), Epoch: reader.GetInt64(1)), ct, EpochsSql,
            Column(segments, segment => segment.Header.Partition));
        return rows.ToDictionary(row => row.Partition, row => row.Epoch);
    }

    // An epoch taken since the append makes 'fenced' of what was out of sequence then; that is as true now.
    private static AppendOutcome[] Classify(
        IReadOnlyList<SegmentWrite> segments, HashSet<int> written, Dictionary<int, long> epochs)
    {
        var outcomes = new AppendOutcome[segments.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var header = segments[i].Header;
            outcomes[i] = written.Contains(i) ? AppendOutcome.Written
                : epochs.GetValueOrDefault(header.Partition) == header.Epoch ? AppendOutcome.OutOfSequence
                : AppendOutcome.Fenced;
        }
        return outcomes;
    }
}
