using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>
/// The hot statement pair, prepared once on the writing connection. It binds spans directly, because ADO.NET would
/// copy every segment into an array of its own first.
/// </summary>
internal sealed class SqliteAppender : IDisposable
{
    private const string AdvanceSql =
        "UPDATE partitions SET last_lsn = ?1 WHERE partition = ?2 AND epoch = ?3 AND last_lsn = ?4";

    private const string InsertSql =
        "INSERT INTO segments " +
        "(partition, first_lsn, last_lsn, recorded_ticks, min_event_ticks, max_event_ticks, encoded) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private const string EpochSql = "SELECT epoch FROM partitions WHERE partition = ?1";

    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _advance;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _epoch;
    private readonly sqlite3_stmt _commit;

    public SqliteAppender(SqliteConnection connection)
    {
        _db = connection.Handle!;
        _begin = Prepare("BEGIN IMMEDIATE");
        _advance = Prepare(AdvanceSql);
        _insert = Prepare(InsertSql);
        _epoch = Prepare(EpochSql);
        _commit = Prepare("COMMIT");
    }

    /// <summary>One transaction; nothing is written when it throws.</summary>
    /// <exception cref="SqliteException">For example, the disk is full.</exception>
    public AppendOutcome[] Append(IReadOnlyList<SegmentWrite> segments)
    {
        var outcomes = new AppendOutcome[segments.Count];
        Run(_begin);
        try
        {
            for (var i = 0; i < outcomes.Length; i++)
            {
                outcomes[i] = Append(segments[i]);
            }
            Run(_commit);
        }
        catch
        {
            RollBack();
            throw;
        }
        return outcomes;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _advance.Dispose();
        _insert.Dispose();
        _epoch.Dispose();
        _commit.Dispose();
    }

    private AppendOutcome Append(in SegmentWrite segment)
    {
        var header = segment.Header;
        Bind(_advance, 1, header.LastLsn);
        Bind(_advance, 2, header.Partition);
        Bind(_advance, 3, header.Epoch);
        Bind(_advance, 4, header.FirstLsn - 1);
        Run(_advance);
        if (sqlite3_changes(_db) == 0)
        {
            return ReadEpoch(header.Partition) == header.Epoch ? AppendOutcome.OutOfSequence : AppendOutcome.Fenced;
        }
        Insert(header, segment.Encoded.Span);
        return AppendOutcome.Written;
    }

    private void Insert(in SegmentHeader header, ReadOnlySpan<byte> encoded)
    {
        Bind(_insert, 1, header.Partition);
        Bind(_insert, 2, header.FirstLsn);
        Bind(_insert, 3, header.LastLsn);
        Bind(_insert, 4, header.RecordedTicks);
        BindOrNull(5, header.MinEventTicks, header.HasEventTimes);
        BindOrNull(6, header.MaxEventTicks, header.HasEventTimes);
        SqliteErrors.Check(sqlite3_bind_blob(_insert, 7, encoded), _db);
        Run(_insert);
        // The statement holds a copy of the blob until then.
        SqliteErrors.Check(sqlite3_clear_bindings(_insert), _db);
    }

    private long ReadEpoch(int partition)
    {
        Bind(_epoch, 1, partition);
        try
        {
            var code = sqlite3_step(_epoch);
            SqliteErrors.Check(code, _db);
            return code == SQLITE_ROW
                ? sqlite3_column_int64(_epoch, 0)
                : throw new ArgumentOutOfRangeException(nameof(partition), partition, "There is no such partition.");
        }
        finally
        {
            _ = sqlite3_reset(_epoch);
        }
    }

    // SQLite has rolled back by itself after some errors; then there is nothing left to do.
    private void RollBack()
    {
        if (sqlite3_get_autocommit(_db) == 0)
        {
            _ = sqlite3_exec(_db, "ROLLBACK");
        }
    }

    private void Run(sqlite3_stmt statement)
    {
        var code = sqlite3_step(statement);
        try
        {
            SqliteErrors.Check(code, _db);
        }
        finally
        {
            _ = sqlite3_reset(statement);
        }
    }

    private void Bind(sqlite3_stmt statement, int index, long value) =>
        SqliteErrors.Check(sqlite3_bind_int64(statement, index, value), _db);

    private void BindOrNull(int index, long value, bool present) => SqliteErrors.Check(
        present ? sqlite3_bind_int64(_insert, index, value) : sqlite3_bind_null(_insert, index), _db);

    private sqlite3_stmt Prepare(string sql)
    {
        SqliteErrors.Check(sqlite3_prepare_v2(_db, sql, out var statement), _db);
        return statement;
    }
}
