// The same work as SendEmail (or, without IDEMPOTENCY_TABLE, as Echo) in Go with the AWS SDK: what a user might write instead.
//
// aws-lambda-go is not among Debian's packages, so the Runtime API is asked by net/http, as that library does it.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"html"
	"io"
	"log"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/dynamodb"
	"github.com/aws/aws-sdk-go/service/sesv2"
)

type request struct {
	FormData         map[string]string `json:"formData"`
	CustomerFullName string            `json:"customerFullName"`
	SystemEmail      string            `json:"systemEmail"`
	DestinationEmail string            `json:"destinationEmail"`
	IdempotencyKey   string            `json:"idempotencyKey"`
}

type response struct {
	Status    string `json:"status"`
	MessageID string `json:"messageId"`
}

type sender struct {
	table               *string
	allowed             string
	subject, text, html string
	dynamo              *dynamodb.DynamoDB
	ses                 *sesv2.SESV2
}

func newSender() *sender {
	config := aws.NewConfig()
	if endpoint := os.Getenv("AWS_ENDPOINT_URL"); endpoint != "" {
		config = config.WithEndpoint(endpoint) // This version of the SDK does not read the variable.
	}
	shared := session.Must(session.NewSession(config))
	return &sender{
		table:   aws.String(os.Getenv("IDEMPOTENCY_TABLE")),
		allowed: os.Getenv("EMAIL_ALLOWED_SENDERS"),
		subject: template("subject"), text: template("txt"), html: template("html"),
		dynamo: dynamodb.New(shared), ses: sesv2.New(shared),
	}
}

func template(part string) string {
	bytes, err := os.ReadFile(filepath.Join(os.Getenv("LAMBDA_TASK_ROOT"), "templates", "email", "cancellation."+part))
	if err != nil {
		log.Fatal(err)
	}
	return string(bytes)
}

func (r *request) render(template string, escape func(string) string) string {
	pairs := []string{"{{customerFullName}}", escape(r.CustomerFullName)}
	for name, value := range r.FormData {
		pairs = append(pairs, "{{"+name+"}}", escape(value))
	}
	return strings.NewReplacer(pairs...).Replace(template)
}

func (s *sender) record(id string, status string, messageID string, lifetime time.Duration) map[string]*dynamodb.AttributeValue {
	expiry := strconv.FormatInt(time.Now().Add(lifetime).Unix(), 10)
	item := map[string]*dynamodb.AttributeValue{
		"id": {S: aws.String(id)}, "status": {S: aws.String(status)}, "expiresAt": {N: aws.String(expiry)},
	}
	if messageID != "" {
		item["messageId"] = &dynamodb.AttributeValue{S: aws.String(messageID)}
	}
	return item
}

// Claims the key, sends, and records what was sent.
func (s *sender) handle(event []byte) (any, error) {
	var r request
	if err := json.Unmarshal(event, &r); err != nil {
		return nil, err
	}
	if !strings.HasSuffix(r.SystemEmail, s.allowed) || r.DestinationEmail == "" {
		return nil, errors.New("a field is missing, or the sender is not allowed")
	}
	plain := func(value string) string { return value }
	subject := strings.TrimSpace(r.render(s.subject, plain))
	text, page := r.render(s.text, plain), r.render(s.html, html.EscapeString)
	digest := sha256.Sum256([]byte(r.IdempotencyKey + "\n" + r.DestinationEmail))
	id := hex.EncodeToString(digest[:])

	_, err := s.dynamo.PutItem(&dynamodb.PutItemInput{
		TableName: s.table, Item: s.record(id, "claimed", "", time.Minute),
		ConditionExpression:      aws.String("attribute_not_exists(#id) OR #expiresAt <= :now"),
		ExpressionAttributeNames: map[string]*string{"#id": aws.String("id"), "#expiresAt": aws.String("expiresAt")},
		ExpressionAttributeValues: map[string]*dynamodb.AttributeValue{
			":now": {N: aws.String(strconv.FormatInt(time.Now().Unix(), 10))}},
	})
	if err != nil {
		return nil, err
	}
	sent, err := s.ses.SendEmail(&sesv2.SendEmailInput{
		FromEmailAddress: &r.SystemEmail,
		Destination:      &sesv2.Destination{ToAddresses: []*string{&r.DestinationEmail}},
		Content: &sesv2.EmailContent{Simple: &sesv2.Message{
			Subject: content(subject),
			Body:    &sesv2.Body{Text: content(text), Html: content(page)}}},
	})
	if err != nil {
		return nil, err
	}
	_, err = s.dynamo.PutItem(&dynamodb.PutItemInput{
		TableName: s.table, Item: s.record(id, "sent", *sent.MessageId, 24*time.Hour),
		ConditionExpression:       aws.String("attribute_not_exists(#id) OR #status = :claimed"),
		ExpressionAttributeNames:  map[string]*string{"#id": aws.String("id"), "#status": aws.String("status")},
		ExpressionAttributeValues: map[string]*dynamodb.AttributeValue{":claimed": {S: aws.String("claimed")}},
	})
	if err != nil {
		return nil, err
	}
	return response{"sent", *sent.MessageId}, nil
}

func content(data string) *sesv2.Content {
	return &sesv2.Content{Data: &data, Charset: aws.String("UTF-8")}
}

// Answers with the event, decoded and encoded, as Echo does.
func echo(event []byte) (any, error) {
	var value any
	err := json.Unmarshal(event, &value)
	return value, err
}

func main() {
	handle := echo
	if os.Getenv("IDEMPOTENCY_TABLE") != "" {
		handle = newSender().handle
	}
	base := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	client := &http.Client{}
	for {
		next, err := client.Get(base + "next")
		if err != nil {
			log.Fatal(err)
		}
		event, err := io.ReadAll(next.Body)
		next.Body.Close()
		if err != nil {
			log.Fatal(err)
		}
		path := next.Header.Get("Lambda-Runtime-Aws-Request-Id") + "/response"
		value, err := handle(event)
		if err != nil {
			path = next.Header.Get("Lambda-Runtime-Aws-Request-Id") + "/error"
			value = map[string]string{"errorMessage": err.Error(), "errorType": "Error"}
		}
		body, err := json.Marshal(value)
		if err != nil {
			log.Fatal(err)
		}
		answer, err := client.Post(base+path, "application/json", bytes.NewReader(body))
		if err != nil {
			log.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
}
