namespace OrleansBilling.Gateway.Auth;

/// <summary>What the first step after a start did.</summary>
/// <param name="TenantCreated">Whether the default tenant is new: this is the first start on this storage.</param>
/// <param name="NewKey">Plain text of a created operator key, to be shown once and kept nowhere; null when none was
/// created.</param>
public sealed record BootstrapResult(bool TenantCreated, string? NewKey);
