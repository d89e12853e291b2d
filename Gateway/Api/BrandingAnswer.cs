using OrleansBilling.Contracts.Invoicing;

namespace OrleansBilling.Gateway.Api;

/// <summary>What is on documents from the next one on.</summary>
/// <param name="LegalEntity">Whose documents; null for those of legal entities that say nothing of their own.</param>
/// <param name="Logo">Null for none.</param>
/// <param name="Footer">By language.</param>
/// <param name="Texts">By language and key.</param>
internal sealed record BrandingAnswer(
    string? LegalEntity,
    string? AccentColor,
    string? LogoText,
    LogoAnswer? Logo,
    Dictionary<string, string> Footer,
    Dictionary<string, Dictionary<string, string>> Texts)
{
    public static BrandingAnswer Of(BrandingView view) => new(
        view.LegalEntity, view.Spec.AccentColor, view.Spec.LogoText, view.LogoHash is null ? null : new(view.LogoHash, view.LogoBytes),
        view.Spec.Footer, view.Spec.Texts);
}

/// <summary>The file of a logo.</summary>
/// <param name="Sha256">In lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record LogoAnswer(string Sha256, int Bytes);
