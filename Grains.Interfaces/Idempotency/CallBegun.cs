namespace OrleansBilling.Contracts.Idempotency;

/// <summary>What is to become of a call.</summary>
/// <param name="State">Whether to carry it out.</param>
/// <param name="Answer">The answer to give; only with <see cref="CallState.Answered"/>.</param>
[GenerateSerializer, Immutable, Alias("billing.call-begun")]
public sealed record CallBegun([property: Id(0)] CallState State, [property: Id(1)] CallAnswer? Answer = null);

/// <summary>What is known of a call.</summary>
public enum CallState
{
    /// <summary>Nothing: carry it out.</summary>
    New,

    /// <summary>It was carried out; give the same answer.</summary>
    Answered,

    /// <summary>Another copy is being carried out.</summary>
    Running,

    /// <summary>The key was used for another request.</summary>
    Different,
}
