using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Taxation;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>What taxes ask of a customer.</summary>
internal sealed class CustomerTaxBody
{
    private const int MaxExemptions = 100;

    /// <summary>business or consumer.</summary>
    [MaxText(20)]
    public required string Kind { get; set; }

    /// <summary>VAT number with its prefix in the EU (DE136695976), ABN, GSTIN and so on.</summary>
    [MaxText(50)]
    public string? TaxNumber { get; set; }

    /// <summary>What its register (in the EU: VIES) said: notAsked, confirmed or refused; notAsked when left out.</summary>
    [MaxText(20)]
    public string? TaxNumberCheck { get; set; }

    /// <summary>Certificates and the like, past ones too; at most 100.</summary>
    public TaxExemptionBody[]? Exemptions { get; set; }

    /// <exception cref="ProblemException">A word or a date is none.</exception>
    public CustomerTax ToTax()
    {
        if (Exemptions?.Length > MaxExemptions)
        {
            throw new ProblemException(Problem.Invalid("json.too_many", $"At most {MaxExemptions} entries are allowed here.", "/tax/exemptions"));
        }
        return new(
            BodyWords.Read<BuyerKind>(Kind, "tax.kind", "/tax/kind"), TaxNumber,
            TaxNumberCheck is null
                ? Core.Taxation.TaxNumberCheck.NotAsked
                : BodyWords.Read<TaxNumberCheck>(TaxNumberCheck, "tax.number_check", "/tax/taxNumberCheck"),
            [.. (Exemptions ?? []).Select((e, i) => e.ToExemption($"/tax/exemptions/{i}"))]);
    }
}

/// <summary>Why a customer pays no tax of a jurisdiction.</summary>
internal sealed class TaxExemptionBody
{
    /// <summary>ISO 3166-1 or 3166-2; it exempts from taxes of exactly this jurisdiction.</summary>
    [MaxText(6)]
    public required string Jurisdiction { get; set; }

    /// <summary>Number or reference of the paper that you keep.</summary>
    [MaxText(100)]
    public required string Certificate { get; set; }

    /// <summary>Stable key of the reason, such as resale or diplomatic.</summary>
    [MaxText(50)]
    public required string Reason { get; set; }

    /// <summary>First day, yyyy-mm-dd.</summary>
    [MaxText(10)]
    public required string ValidFrom { get; set; }

    /// <summary>Last day; left out while it lasts.</summary>
    [MaxText(10)]
    public string? ValidThrough { get; set; }

    /// <summary>Product classes that it is for; all when left out.</summary>
    [MaxText(50, Entries = 20)]
    public string[]? Classes { get; set; }

    /// <summary>Of the VATEX list, for e-invoices.</summary>
    [MaxText(30)]
    public string? VatexCode { get; set; }

    public TaxExemption ToExemption(string pointer) => new(
        Jurisdiction, Certificate, Reason, BodyWords.Date(ValidFrom, $"{pointer}/validFrom"),
        ValidThrough is null ? null : BodyWords.Date(ValidThrough, $"{pointer}/validThrough"), Classes, VatexCode);
}
