namespace OrleansBilling.Grains.Partitions;

/// <summary>Which silo should own which partition, as this silo sees the cluster now.</summary>
internal sealed class ClusterView(
    IClusterMembershipService membership, IClusterManifestProvider manifests, ILocalSiloDetails self)
{
    private static readonly TimeSpan ManifestPatience = TimeSpan.FromMilliseconds(100);

    /// <summary>Set when this silo is about to go: from then on it owns nothing.</summary>
    public bool Leaving { get; set; }

    public SiloAddress Self => self.SiloAddress;

    /// <summary>
    /// Silos that may own partitions: active, and known to run our grains; Orleans places nothing on a silo before it has read that.
    /// </summary>
    public IEnumerable<(SiloAddress Address, string Name)> Active => Members
        .Where(m => manifests.Current.Silos.ContainsKey(m.SiloAddress) && !(Leaving && m.SiloAddress.Equals(Self)))
        .Select(m => (m.SiloAddress, m.Name));

    private IEnumerable<ClusterMember> Members =>
        membership.CurrentSnapshot.Members.Values.Where(m => m.Status == SiloStatus.Active);

    public bool IsMember => Active.Any(s => s.Address.Equals(Self));

    public bool IsAlone => !Active.Any(s => !s.Address.Equals(Self));

    /// <summary>Whether the partition should be here.</summary>
    public bool Owns(int partition) => Self.Equals(OwnerOf(partition));

    /// <summary>The owner; null when no silo is active.</summary>
    public SiloAddress? OwnerOf(int partition) => PartitionOwners.Of(partition, Active);

    /// <summary>The owner among some silos; null when none of them may own.</summary>
    public SiloAddress? OwnerOf(int partition, SiloAddress[] among) =>
        PartitionOwners.Of(partition, Active.Where(s => among.Contains(s.Address)));

    /// <summary>Ends when the membership is newer than that, or the time is over.</summary>
    public async Task<MembershipVersion> Changed(MembershipVersion known, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var allRead = Members.All(m => manifests.Current.Silos.ContainsKey(m.SiloAddress));
        limit.CancelAfter(allRead ? patience : ManifestPatience);
        try
        {
            await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(limit.Token))
            {
                if (snapshot.Version > known)
                {
                    return snapshot.Version;
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing changed; the caller looks around all the same.
        }
        return membership.CurrentSnapshot.Version;
    }
}
