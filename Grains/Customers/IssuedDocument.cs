using System.Text.Json;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>An invoice or a credit note whose content is fixed. It is kept as its bytes, which are all that is needed of most of them.</summary>
internal abstract class IssuedDocument(string tenant, string customer, string key, ReadOnlyMemory<byte> document)
{
    /// <summary>Names it before it has a number.</summary>
    public string Key => key;

    /// <summary>Null while it waits for it.</summary>
    public string? Number { get; protected set; }

    /// <summary>Null while it waits for it, and for good of one that an earlier version of this program issued.</summary>
    public DocumentSeal? Seal { get; private set; }

    /// <summary>JSON; what its hash is of.</summary>
    public ReadOnlyMemory<byte> Document => document;

    public abstract DocumentKind Kind { get; }

    /// <summary>Who issues it; null where the tenant had not said who.</summary>
    public abstract string? LegalEntity { get; }

    /// <summary>What has to be asked for while it waits.</summary>
    public SealRequest Request => new(key, customer, Kind, LegalEntity, DocumentChain.HashOf(document.Span));

    protected string Tenant => tenant;

    protected string Customer => customer;

    public void Apply(DocumentSealed fact) => (Number, Seal) = (fact.Seal.Number, fact.Seal);

    /// <summary>Told again in snapshots.</summary>
    public virtual IEnumerable<object> Facts()
    {
        yield return Prepared();
        if (Seal is not null)
        {
            yield return new DocumentSealed(tenant, customer, key, Seal);
        }
    }

    protected abstract object Prepared();

    protected static T Parse<T>(ReadOnlyMemory<byte> document) => JsonSerializer.Deserialize<T>(document.Span, BillingJson.Options)
        ?? throw new InvalidDataException("A document is null.");

    /// <summary>Totals are sums of whole minor units.</summary>
    protected static Money WholeOf(decimal amount, string currency) =>
        Money.FromExact(amount, Currency.FromCode(currency), LineRounding.HalfAwayFromZero);
}
