namespace OrleansBilling.Contracts.Partitions;

/// <summary>Kinds of entities that partitions own. Values are part of the hash and never change.</summary>
public enum EntityKind : byte
{
    /// <summary>Tenants and keys of the cluster.</summary>
    TenantDirectory = 1,

    /// <summary>Clock of a tenant.</summary>
    TenantClock = 2,

    /// <summary>Meters and plans of a tenant.</summary>
    Catalogue = 3,

    /// <summary>A customer.</summary>
    Customer = 4,

    /// <summary>A subscription.</summary>
    Subscription = 5,

    /// <summary>A device.</summary>
    Device = 6,

    /// <summary>Invoice numbers of a tenant.</summary>
    InvoiceSeries = 7,

    /// <summary>A call with an idempotency key.</summary>
    IdempotentCall = 9,

    /// <summary>Exchange rates of a tenant.</summary>
    ExchangeRates = 21,

    /// <summary>Bulk jobs of a tenant.</summary>
    Jobs = 10,
}
