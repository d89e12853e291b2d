namespace OrleansBilling.Contracts.Tenants;

/// <summary>What a key may do in its tenant. The numbers are stored: never change one.</summary>
[Flags]
public enum KeyScopes
{
    /// <summary>Nothing but the reference pages.</summary>
    None = 0,

    /// <summary>Report usage and reserve quota: what a device platform needs.</summary>
    Ingest = 1,

    /// <summary>Read everything but keys, and ask what something would cost.</summary>
    Read = 2,

    /// <summary>Register, move, read and change devices.</summary>
    Devices = 4,

    /// <summary>Change what is billed: catalogue, customers, subscriptions, wallets, corrections. Includes reading.</summary>
    Billing = 8,

    /// <summary>All of it, and the tenant's keys and clock.</summary>
    Admin = 16,
}
