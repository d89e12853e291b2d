namespace OrleansBilling.Gateway.Limits;

/// <summary>What a key has left; null where it has no limit.</summary>
internal sealed record KeyBuckets(RateBucket? Requests, RateBucket? Events)
{
    /// <summary>Whether forgetting them changes nothing.</summary>
    public bool AreFull => Requests?.IsFull != false && Events?.IsFull != false;
}
