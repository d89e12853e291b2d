namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>What a change of a subscription is, where it is neither another plan nor the end.</summary>
public enum ChangeKind
{
    /// <summary>It is paused.</summary>
    Pause,

    /// <summary>It goes on after a pause.</summary>
    Resume,
}
