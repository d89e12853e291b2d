using NodaTime;

namespace OrleansBilling.Core.Taxation;

/// <summary>Which data a statement was computed with.</summary>
/// <param name="Version">Versions of all files used, e.g. <c>eu 2026-11-28</c>; the operator's file last.</param>
/// <param name="ReviewedThrough">Law published later is not in the files; the earliest of the files used.</param>
public sealed record TaxDataInfo(string Version, LocalDate ReviewedThrough);
