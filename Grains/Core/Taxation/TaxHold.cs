namespace OrleansBilling.Core.Taxation;

/// <summary>Why no tax was calculated.</summary>
/// <param name="Code">Stable, one of <see cref="TaxHoldCodes"/>.</param>
/// <param name="Reason">An English sentence that says what is missing and what to do; not stable.</param>
/// <param name="LineId">The line; null where it concerns the whole invoice.</param>
public sealed record TaxHold(string Code, string Reason, string? LineId = null);
