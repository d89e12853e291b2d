using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Tenants;

namespace OrleansBilling.Gateway.Auth;

/// <summary>Makes sure that there is a tenant to work in and an operator key to work with.</summary>
public sealed class KeyBootstrap(IGrainFactory grains, GatewayOptions options, TimeProvider time)
{
    /// <summary>The tenant of operator keys.</summary>
    public const string DefaultTenant = "default";

    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly TimeSpan AcceptanceWindow = TimeSpan.FromDays(35);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Whether it is done: until then keys may be missing, and the gateway is not ready.</summary>
    public bool IsDone { get; private set; }

    /// <summary>
    /// Creates the default tenant when it is missing; adds the configured key when it is unknown; creates a key when
    /// none is configured and no operator has one. Safe to repeat; waits as long as the cluster cannot answer.
    /// </summary>
    /// <exception cref="GatewayConfigurationException">The configured key is too short or was mistyped.</exception>
    public async Task<BootstrapResult> EnsureAsync(CancellationToken cancel = default)
    {
        while (true)
        {
            try
            {
                var result = await CreateMissingAsync(cancel);
                IsDone = true;
                return result;
            }
            catch (Exception e) when (e is PartitionUnavailableException or OrleansException or TimeoutException)
            {
                await Task.Delay(Pause, time, cancel);
            }
        }
    }

    private async Task<BootstrapResult> CreateMissingAsync(CancellationToken cancel)
    {
        ChangeCaller.Program.Announce();
        var directory = grains.GetGrain<ITenantDirectoryGrain>(0);
        var configured = CheckConfigured();
        var key = configured ?? ApiKey.Create();
        var record = new ApiKeyRecord(
            ApiKey.Hash(key),
            ApiKey.Prefix(key),
            DefaultTenant,
            Operator: true,
            Instant.FromDateTimeOffset(time.GetUtcNow()));
        var spec = new TenantSpec(DefaultTenant, null, null, Grace, AcceptanceWindow);
        var tenant = await directory.Create(spec, record).WaitAsync(cancel);
        if (tenant.Outcome == CommandOutcome.Created)
        {
            return new(true, configured is null ? key : null);
        }
        var add = configured is null
            ? !await directory.HasOperatorKey().WaitAsync(cancel)
            : await directory.FindKey(record.Sha256).WaitAsync(cancel) is null;
        if (add)
        {
            Require(await directory.AddKey(record).WaitAsync(cancel));
        }
        return new(false, add && configured is null ? key : null);
    }

    private string? CheckConfigured()
    {
        var key = string.IsNullOrWhiteSpace(options.BootstrapKey) ? null : options.BootstrapKey.Trim();
        return key is null || ApiKey.MayExist(key) ? key : throw new GatewayConfigurationException(
            $"Gateway:BootstrapKey must have {ApiKey.MinChosenLength} to {ApiKey.MaxLength} characters; "
            + "a key of the form ob_… must be copied whole, its checksum is wrong.");
    }

    private static void Require(CommandResult<ApiKeyRecord> added)
    {
        if (!added.Succeeded)
        {
            var reasons = added.Errors.Select(error => $"{error.Code}: {error.Message}");
            throw new InvalidOperationException($"The operator key was refused: {string.Join("; ", reasons)}");
        }
    }
}
