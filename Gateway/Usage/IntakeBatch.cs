using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Gateway.Usage;

/// <summary>The events of one request and their answers, in the order of the request. Buffers are used again.</summary>
/// <param name="strings">Strings that come again and again, from one batch to the next.</param>
internal sealed class IntakeBatch(StringCache strings)
{
    private IntakeEvent[] _events = new IntakeEvent[64];
    private UsageResult[] _results = new UsageResult[64];

    /// <summary>Where strings that come again are found.</summary>
    public StringCache Strings => strings;

    /// <summary>Of CSV, the line that each event begins on, from 1; else empty.</summary>
    public List<long> Lines { get; } = [];

    /// <summary>How many events there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many events the buffers have room for.</summary>
    public int Room => _events.Length;

    /// <summary>The events.</summary>
    public Span<IntakeEvent> Events => _events.AsSpan(0, Count);

    /// <summary>The answers, once there are any.</summary>
    public Span<UsageResult> Results => _results.AsSpan(0, Count);

    /// <summary>An empty place for the next event.</summary>
    public ref IntakeEvent Add()
    {
        if (Count == _events.Length)
        {
            Array.Resize(ref _events, Count * 2);
            Array.Resize(ref _results, Count * 2);
        }
        ref var place = ref _events[Count++];
        place.Id = "";
        return ref place;
    }

    /// <summary>Forgets the events, so that no tenant's data stays behind.</summary>
    public void Clear()
    {
        Events.Clear();
        Results.Clear();
        Lines.Clear();
        Count = 0;
    }
}
