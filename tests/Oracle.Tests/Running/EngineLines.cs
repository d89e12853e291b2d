using System.Numerics;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Oracle.Arithmetic;

namespace OrleansBilling.Oracle.Running;

/// <summary>The engine's lines of one part of a period; with late usage, those of the period itself and what was added to them.</summary>
internal sealed class EngineLines(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<InvoiceLine>? late = null)
{
    private readonly ILookup<string, InvoiceLine> _lines = lines.Concat(late ?? []).ToLookup(l => l.ChargeId);

    internal IEnumerable<string> Ids => _lines.Select(l => l.Key);

    internal EngineLines With(IReadOnlyList<InvoiceLine> added) => new(lines, added);

    /// <summary>Whether late usage changed no money and no quantity of a line, or came to nothing from the start: what it changed behind
    /// the minor unit is then not said.</summary>
    internal bool IsSilent(string id) => late is not null && late.All(l => l.ChargeId != id);

    internal BigInteger Minor(string id) => _lines[id].Aggregate(BigInteger.Zero, (sum, l) => sum + l.Amount.MinorUnits);

    internal Rational Exact(string id) => _lines[id].Aggregate((Rational)0, (sum, l) => sum + l.ExactAmount);

    /// <summary>Null where there is no line.</summary>
    internal Rational? Quantity(string id) =>
        _lines.Contains(id) ? _lines[id].Aggregate((Rational)0, (sum, l) => sum + l.Quantity) : null;

    /// <summary>Whether late usage took back all of a line.</summary>
    internal bool IsNothing(string id) => Minor(id).IsZero && Exact(id).IsZero && Quantity(id) == 0;

    /// <summary>Says so where the steps of a line do not add up to it.</summary>
    internal string? StepsDiffer(string id) => _lines[id].Where(l => l.Steps.Sum(s => s.Amount) != l.Amount.ToDecimal())
        .Select(l => $"the steps add up to {l.Steps.Sum(s => s.Amount)}, not {l}").FirstOrDefault();
}
