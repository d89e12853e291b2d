namespace OrleansBilling.Contracts.ReRating;

/// <summary>How far a re-rating is. The words are stored and shown.</summary>
public static class ReRatingStatus
{
    /// <summary>It has changed nothing.</summary>
    public const string Previewed = "previewed";

    /// <summary>It is being told to the subscriptions; it will be finished whatever crashes.</summary>
    public const string Applying = "applying";

    /// <summary>Every subscription has it.</summary>
    public const string Applied = "applied";
}
