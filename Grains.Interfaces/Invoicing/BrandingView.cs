namespace OrleansBilling.Contracts.Invoicing;

/// <summary>How documents look.</summary>
/// <param name="LegalEntity">Whose documents; null for those of legal entities that have said nothing, and of nobody in particular.</param>
/// <param name="LogoHash">SHA-256 of the logo's file in lower-case hexadecimal; null for none.</param>
/// <param name="LogoBytes">Size of the file; 0 for none.</param>
[GenerateSerializer, Immutable, Alias("billing.branding")]
public sealed record BrandingView(
    [property: Id(0)] string? LegalEntity,
    [property: Id(1)] BrandingSpec Spec,
    [property: Id(2)] string? LogoHash,
    [property: Id(3)] int LogoBytes);
