using System.Security.Cryptography;
using System.Text;
using Yarp.ReverseProxy.Model;

namespace ChatGenius.Gateway.Affinity;

/// <summary>
/// Names an instance of the realtime service in the connection ids that clients bring back. Made of its address alone, so that every gateway makes the same
/// and none has to remember anything; neither cookies nor redirects are needed, which pages of other addresses could not follow.
/// </summary>
internal static class InstanceKey
{
    const char Separator = '~';
    const int Length = 12;

    /// <summary>A connection id with the key of its instance before it.</summary>
    public static string Mark(DestinationState instance, string connectionId) => Of(instance) + Separator + connectionId;

    /// <summary>Takes a connection id apart. False when it has no key.</summary>
    public static bool TryRead(string marked, out string key, out string connectionId)
    {
        var has = marked.Length > Length && marked[Length] == Separator;
        (key, connectionId) = has ? (marked[..Length], marked[(Length + 1)..]) : ("", marked);
        return has;
    }

    public static string Of(DestinationState instance) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(instance.Model.Config.Address)), 0, Length / 2);
}
