namespace OrleansBilling.Contracts.Corrections;

/// <summary>What a correction does. The words are stored and shown.</summary>
public static class CorrectionActions
{
    /// <summary>The event never was.</summary>
    public const string Void = "void";

    /// <summary>The event was otherwise.</summary>
    public const string Amend = "amend";
}
