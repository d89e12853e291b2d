using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>What a key must be allowed to do to use an endpoint; any one of several is enough.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class NeedsScopeAttribute(KeyScopes anyOf) : Attribute
{
    public KeyScopes AnyOf { get; } = anyOf;

    /// <summary>Whether the endpoint itself keeps keys of one customer to that customer; else these are refused.</summary>
    public bool ChecksCustomer { get; init; }
}
