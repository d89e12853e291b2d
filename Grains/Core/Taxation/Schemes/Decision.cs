namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>What a scheme says of a supply.</summary>
internal abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Keys of notes: what the invoice has to say.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    internal static Decision Charge(string rule, params IReadOnlyList<(string Jurisdiction, string Tax)> taxes) =>
        new Charged([.. taxes.Select(t => new ChargedTax(t.Jurisdiction, t.Tax, rule))]);

    internal static Decision Hold(string code, string reason) => new Held(code, reason);

    /// <summary>The seller charges taxes at the rates of the data.</summary>
    internal sealed record Charged(IReadOnlyList<ChargedTax> Taxes) : Decision;

    /// <summary>Nothing is charged.</summary>
    internal sealed record Free(string Jurisdiction, string Tax, TaxCategory Category, string Rule, string Reason, string? Vatex = null)
        : Decision;

    /// <summary>The seller owes nothing at the place; how its invoice says so is up to its own country.</summary>
    internal sealed record NotOwed(string Rule) : Decision;

    /// <summary>There is no answer.</summary>
    internal sealed record Held(string Code, string Reason) : Decision;
}
