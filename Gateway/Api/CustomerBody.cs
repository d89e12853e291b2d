using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A customer to register.</summary>
internal sealed class CustomerBody
{
    /// <summary>Chosen by you.</summary>
    [IdText]
    public required string Id { get; set; }

    /// <summary>As printed on invoices.</summary>
    [MaxText(200)]
    public required string Name { get; set; }

    /// <summary>ISO 4217 code; every plan of the customer must be in it.</summary>
    [MaxText(3)]
    public required string Currency { get; set; }

    /// <summary>Where bills go.</summary>
    [MaxText(320)]
    public string? Email { get; set; }

    /// <summary>Lines as printed on invoices.</summary>
    [MaxText(200, Entries = 10)]
    public string[]? Address { get; set; }
}
