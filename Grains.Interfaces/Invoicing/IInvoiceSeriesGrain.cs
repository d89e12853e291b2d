using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Invoicing;

/// <summary>Legal entities of one tenant, their number series and their chains; the key is the tenant's id.</summary>
[GrainInterfaceType("billing.invoice-series")]
public interface IInvoiceSeriesGrain : IGrainWithStringKey
{
    /// <summary>Of earlier versions of this program, which silos may still run: a number without a seal.</summary>
    [Alias("assign")]
    Task<string> Assign(string invoiceKey, string customer);

    /// <summary>The customer that has the invoice or credit note of that number, or null.</summary>
    [Alias("find-customer")]
    Task<string?> FindCustomer(string id);

    /// <summary>Number and place in the chain of a document; the same key always gets the same, and no number is left out.</summary>
    /// <exception cref="InvalidOperationException">The key was sealed for other bytes, or there is no such legal entity.</exception>
    [Alias("seal")]
    Task<DocumentSeal> Seal(SealRequest request);

    /// <summary>Adds a legal entity or changes it; documents that are issued stay as they are.</summary>
    [Alias("set-legal-entity")]
    Task<CommandResult<LegalEntitySpec>> SetLegalEntity(LegalEntitySpec spec);

    /// <summary>The legal entity, or null.</summary>
    [Alias("legal-entity")]
    Task<LegalEntitySpec?> LegalEntity(string id);

    /// <summary>Legal entities in the order of adding; at most <see cref="MaxLegalEntities"/>.</summary>
    [Alias("legal-entities")]
    Task<LegalEntitySpec[]> LegalEntities();

    /// <summary>Who issues invoices of a customer that names a legal entity, or null for the default one; null when there is none.</summary>
    [Alias("issuer")]
    Task<LegalEntitySpec?> Issuer(string? legalEntity);

    /// <summary>Documents of a legal entity in the order of the chain.</summary>
    /// <param name="legalEntity">Null for documents of nobody in particular.</param>
    /// <param name="after">The sequence to begin after; 0 for all.</param>
    [Alias("chain")]
    Task<ChainEntry[]> Chain(string? legalEntity, long after, int limit);

    /// <summary>Compares the chain of a legal entity with itself and with every document that customers have.</summary>
    [Alias("verify")]
    [ResponseTimeout("00:30:00")]
    Task<ChainReport> Verify(string? legalEntity);

    /// <summary>How documents look from the next one on; those that are issued keep their looks. The logo stays.</summary>
    /// <param name="legalEntity">Null for all legal entities that say nothing of their own.</param>
    [Alias("set-branding")]
    Task<CommandResult<BrandingView>> SetBranding(string? legalEntity, BrandingSpec spec);

    /// <summary>Puts a logo on documents from the next one on; null takes it away.</summary>
    /// <param name="image">A file that was checked; at most 1 MiB.</param>
    [Alias("set-logo")]
    Task<CommandResult<BrandingView>> SetLogo(string? legalEntity, byte[]? image);

    /// <summary>How the next document will look, by the legal entity's own word alone.</summary>
    [Alias("branding")]
    Task<BrandingView> Branding(string? legalEntity);

    /// <summary>How the document of that number looked when it was issued.</summary>
    [Alias("branding-of")]
    Task<BrandingView> BrandingOf(string number, string? legalEntity);

    /// <summary>The file of a logo that some document has, or null.</summary>
    [Alias("logo")]
    Task<byte[]?> Logo(string hash);

    /// <summary>Looks that documents of a tenant were issued in, at most.</summary>
    const int MaxBrandings = 1_000;

    /// <summary>Logos that documents of a tenant were issued with, at most.</summary>
    const int MaxLogos = 20;

    /// <summary>Legal entities of a tenant, at most.</summary>
    const int MaxLegalEntities = 200;
}
