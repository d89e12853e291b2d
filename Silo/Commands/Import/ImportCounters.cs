using System.Collections.Concurrent;

namespace OrleansBilling.Silo.Commands.Import;

/// <summary>The accounts of an import, readable while it runs.</summary>
public sealed class ImportCounters
{
    private readonly ConcurrentDictionary<string, long> _skipped = new();
    private readonly ConcurrentDictionary<string, long> _rejected = new();
    private readonly ConcurrentDictionary<string, long> _results = new();
    private readonly ConcurrentDictionary<string, long> _refusals = new();

    /// <summary>Rows read: emitted + skipped + rejected.</summary>
    public long Rows { get; internal set; }

    /// <summary>Rows that gave events.</summary>
    public long RowsEmitted { get; internal set; }

    /// <summary>Rows the map leaves out, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped => _skipped;

    /// <summary>Rows that cannot be used, by reason.</summary>
    public IReadOnlyDictionary<string, long> Rejected => _rejected;

    /// <summary>Events made of the rows: acknowledged + resumed, when done.</summary>
    public long Events { get; internal set; }

    /// <summary>Events that an earlier run had acknowledged; not sent again.</summary>
    public long Resumed { get; internal set; }

    /// <summary>Events the server answered, by status.</summary>
    public IReadOnlyDictionary<string, long> Results => _results;

    /// <summary>Events that are late, quarantined, in conflict or rejected, by status and reason.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>Events the server answered.</summary>
    public long Acknowledged => _results.Values.Sum();

    /// <summary>Bytes of all files.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; internal set; }

    /// <summary>Moves of the test clock.</summary>
    public int ClockMoves { get; internal set; }

    /// <summary>Requests that had to be repeated.</summary>
    public long Retries { get; internal set; }

    /// <summary>How long it took from the first row to the last answer.</summary>
    public TimeSpan Took { get; internal set; }

    /// <summary>Rows skipped, all reasons.</summary>
    public long RowsSkipped => _skipped.Values.Sum();

    /// <summary>Rows rejected by the map, all reasons.</summary>
    public long RowsRejected => _rejected.Values.Sum();

    /// <summary>Events with a status.</summary>
    public long Of(string status) => _results.GetValueOrDefault(status);

    /// <summary>Whether every row and every event has an account.</summary>
    public bool Closes => Rows == RowsEmitted + RowsSkipped + RowsRejected && Events == Acknowledged + Resumed;

    internal void Skip(string reason) => _skipped.AddOrUpdate(reason, 1, (_, n) => n + 1);

    internal void Reject(string reason) => _rejected.AddOrUpdate(reason, 1, (_, n) => n + 1);

    internal void Answer(string status, string? reason)
    {
        _results.AddOrUpdate(status, 1, (_, n) => n + 1);
        if (status is not "accepted" and not "duplicate")
        {
            _refusals.AddOrUpdate($"{status}: {reason ?? "no reason given"}", 1, (_, n) => n + 1);
        }
    }
}
