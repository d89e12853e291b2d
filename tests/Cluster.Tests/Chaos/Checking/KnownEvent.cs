using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Checking;

/// <summary>What clients know of one event: when it was, how much, and every answer in the order they came.</summary>
internal sealed class KnownEvent(DateTimeOffset time, decimal value)
{
    public DateTimeOffset Time { get; } = time;

    public decimal Value { get; } = value;

    /// <summary>How often the server said that it counted it just now.</summary>
    public int CountedFirst { get; private set; }

    /// <summary>How often the server said that it put it in quarantine just now.</summary>
    public int QuarantinedFirst { get; private set; }

    public bool IsBilled { get; private set; }

    public bool IsQuarantined => !IsBilled && _quarantined;

    public bool IsRefused => !IsBilled && !_quarantined && LastReason is not null;

    public bool IsAnswered => IsBilled || _quarantined || LastReason is not null;

    /// <summary>Why it is not billed.</summary>
    public string? LastReason { get; private set; }

    private bool _quarantined;

    /// <returns>What is wrong with this answer after those before; null when nothing is.</returns>
    public string? Take(char letter, string? reason)
    {
        LastReason = reason;
        switch (letter)
        {
            case EventAnswer.Accepted or EventAnswer.Late or EventAnswer.Duplicate:
                IsBilled = true;
                CountedFirst += EventAnswer.CountsFirst(letter) ? 1 : 0;
                return CountedFirst > 1 ? "was accepted twice" : null;
            case EventAnswer.Quarantined:
                QuarantinedFirst++;
                return IsBilled ? "was billed, and later new to the quarantine"
                    : _quarantined == (_quarantined = true) ? "was new to the quarantine twice" : null;
            case EventAnswer.StillQuarantined:
                _quarantined = true;
                return IsBilled ? "was billed, and later in quarantine" : null;
            case EventAnswer.Rejected:
                return IsBilled || _quarantined ? "was kept, and later refused"
                    : reason != "usage.future" ? $"was refused for {reason}" : null;
            default:
                return "is in conflict with itself";
        }
    }
}
