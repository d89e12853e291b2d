using System.Text.Json;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>What a tenant puts on its documents.</summary>
internal sealed class BrandingBody
{
    /// <summary>Of headings, rules and the amount due, such as #1d4e89.</summary>
    [MaxText(7)]
    public string? AccentColor { get; set; }

    /// <summary>What the logo says to those who do not see it; the seller's name when left out.</summary>
    [MaxText(200)]
    public string? LogoText { get; set; }

    /// <summary>Text at the foot of pages, by language; <see cref="BrandingReader"/> reads it.</summary>
    public JsonElement? Footer { get; set; }

    /// <summary>Wording by language and key; <see cref="BrandingReader"/> reads it.</summary>
    public JsonElement? Texts { get; set; }
}
