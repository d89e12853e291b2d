using System.Globalization;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Invoicing;

/// <summary>Numbers given to a tenant's invoices: consecutive from 1, each to one invoice key for ever.</summary>
internal sealed class InvoiceSeries
{
    private readonly Dictionary<string, NumberAssigned> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _customerOf = new(StringComparer.Ordinal);

    public string NextNumber => "INV-" + (_byKey.Count + 1).ToString("D6", CultureInfo.InvariantCulture);

    public string? NumberOf(string key) => _byKey.GetValueOrDefault(key)?.Number;

    public string? CustomerOf(string number) => _customerOf.GetValueOrDefault(number);

    public void Apply(NumberAssigned fact)
    {
        _byKey[fact.Key] = fact;
        _customerOf[fact.Number] = fact.Customer;
    }

    public IEnumerable<object> Facts() => _byKey.Values;
}
