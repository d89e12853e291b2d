namespace OrleansBilling.Cluster.Tests.Chaos.Journals;

/// <summary>What became of one event, a letter each in <see cref="BatchAnswered"/>.</summary>
internal static class EventAnswer
{
    public const char Accepted = 'a';
    public const char Late = 'l';
    public const char Duplicate = 'd';
    public const char Quarantined = 'q';

    /// <summary>Came before and is still in quarantine.</summary>
    public const char StillQuarantined = 'D';

    public const char Conflict = 'x';
    public const char Rejected = 'r';

    /// <param name="status">The status of the API.</param>
    /// <param name="reason">The reason beside it; null when there is none.</param>
    public static char Of(string status, string? reason) => status switch
    {
        "accepted" => Accepted,
        "late" => Late,
        "duplicate" => reason is null ? Duplicate : StillQuarantined,
        "quarantined" => Quarantined,
        "conflict" => Conflict,
        "rejected" => Rejected,
        _ => throw new InvalidDataException($"There is no status '{status}'."),
    };

    /// <summary>Whether the event now counts on a bill.</summary>
    public static bool Counts(char answer) => answer is Accepted or Late or Duplicate;

    /// <summary>Whether this answer says that the event counted just now, for the first time.</summary>
    public static bool CountsFirst(char answer) => answer is Accepted or Late;

    /// <summary>Whether a reason is kept beside the letter.</summary>
    public static bool HasReason(char answer) => answer is Rejected or Quarantined or StillQuarantined;
}
