namespace OrleansBilling.Core.Taxation.Data;

/// <summary>What a file says of a class.</summary>
internal sealed record RateTreatment(
    NodaTime.LocalDate From, NodaTime.LocalDate? Through, TaxCategory Category, decimal Rate, string? Reason, string? Vatex, string Source)
{
    internal bool Covers(NodaTime.LocalDate day) => day >= From && (Through is not { } last || day <= last);

    /// <summary>Whether the buyer pays and reads the same.</summary>
    internal bool Same(RateTreatment other) =>
        Category == other.Category && Rate == other.Rate && Reason == other.Reason && Vatex == other.Vatex;
}
