namespace ChatGenius.Identity.Keys;

/// <summary>Settings of the identity service's keys, from the section <c>ChatGenius:Identity</c> (environment: <c>ChatGenius__Identity__Name</c>).</summary>
internal sealed class KeySettings
{
    /// <summary>
    /// Files with RSA private keys (PKCS#8 PEM, at least 2048 bits), separated by commas: the first signs, all are published. Rotating them is then the operator's part.
    /// Default: none; keys are made and rotated in <c>keys</c> in the data folder.
    /// </summary>
    public string? SigningKeyFile { get; set; }

    /// <summary>
    /// Files with 32 random bytes in base64 (as <c>openssl rand -base64 32</c> writes), separated by commas: the first encrypts refresh tokens, all decrypt.
    /// Default: none; keys are made and rotated in <c>keys</c> in the data folder.
    /// </summary>
    public string? EncryptionKeyFile { get; set; }
}
