namespace OrleansBilling.Silo.Commands.Import.Maps;

/// <summary>A question about one column; every part that is given must hold.</summary>
public sealed record ConditionDefinition
{
    /// <summary>The column.</summary>
    public required string Column { get; init; }

    /// <summary>Whether it is blank, missing or NA.</summary>
    public bool? Blank { get; init; }

    /// <summary>One of these texts.</summary>
    public IReadOnlyList<string>? Is { get; init; }

    /// <summary>Contains this text, in any case.</summary>
    public string? Contains { get; init; }

    /// <summary>A number that equals this one.</summary>
    public string? EqualTo { get; init; }

    /// <summary>A number below this one.</summary>
    public string? LessThan { get; init; }

    /// <summary>A number above this one.</summary>
    public string? GreaterThan { get; init; }
}
